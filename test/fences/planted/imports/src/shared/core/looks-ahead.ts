// breaks: shared-order-core
import '../config/stop.ts';
