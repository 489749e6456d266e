// breaks: shared-order-config
import '../sampling/stop.ts';
