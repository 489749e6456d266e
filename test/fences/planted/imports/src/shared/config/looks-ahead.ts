// breaks: shared-order-config
import '../physics/stop.ts';
