// keeps the rules
import '../annotate/stop.ts';
import '#shared/core/stop';
