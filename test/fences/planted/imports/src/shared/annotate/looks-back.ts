// keeps the rules
import '../plan/stop.ts';
import '#shared/core/stop';
