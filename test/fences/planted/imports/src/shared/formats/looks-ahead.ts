// breaks: shared-order-formats
import '../draw/stop.ts';
