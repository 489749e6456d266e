// breaks: shared-order-formats
import '../stats/stop.ts';
