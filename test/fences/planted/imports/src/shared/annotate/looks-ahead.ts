// breaks: shared-order-annotate
import '../verify/stop.ts';
