// keeps the rules
import '../verify/stop.ts';
import '#shared/core/stop';
