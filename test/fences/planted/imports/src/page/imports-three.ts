// keeps the rules
import 'three';
import 'three/examples/jsm/loaders/GLTFLoader.js';
