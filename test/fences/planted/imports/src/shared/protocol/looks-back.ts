// keeps the rules
import '../stats/stop.ts';
import '#shared/core/stop';
