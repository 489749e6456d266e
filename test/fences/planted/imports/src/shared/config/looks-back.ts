// keeps the rules
import '../core/stop.ts';
import '#shared/core/stop';
