// keeps the rules
import 'zod';
