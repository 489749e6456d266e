// keeps the rules
import '../sampling/stop.ts';
import '#shared/core/stop';
