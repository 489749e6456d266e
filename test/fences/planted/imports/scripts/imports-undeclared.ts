// breaks: package-not-declared
import 'acorn';
