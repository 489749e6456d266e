// keeps the rules
import '../draw/stop.ts';
import '#shared/core/stop';
