// breaks: shared-order-sampling
import '../physics/stop.ts';
