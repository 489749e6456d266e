// keeps the rules
import '../config/stop.ts';
import '#shared/core/stop';
