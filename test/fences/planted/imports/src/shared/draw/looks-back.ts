// keeps the rules
import '../formats/stop.ts';
import '#shared/core/stop';
