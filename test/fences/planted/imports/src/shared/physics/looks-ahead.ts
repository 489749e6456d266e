// breaks: shared-order-physics
import '../plan/stop.ts';
