// breaks: package-without-owner
import 'ajv';
