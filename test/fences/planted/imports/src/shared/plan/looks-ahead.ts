// breaks: shared-order-plan
import '../annotate/stop.ts';
