// breaks: shared-order-stats
import '../protocol/stop.ts';
