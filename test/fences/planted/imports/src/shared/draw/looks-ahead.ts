// breaks: shared-order-draw
import '../stats/stop.ts';
