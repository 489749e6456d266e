// breaks: shared-order-physics
import '../sampling/stop.ts';
