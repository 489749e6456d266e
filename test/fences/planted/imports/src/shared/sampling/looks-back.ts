// keeps the rules
import '../physics/stop.ts';
import '#shared/core/stop';
