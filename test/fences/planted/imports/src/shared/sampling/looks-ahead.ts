// breaks: shared-order-sampling
import '../plan/stop.ts';
