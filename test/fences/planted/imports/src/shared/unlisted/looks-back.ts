// keeps the rules
import '../core/stop.ts';
