// breaks: @typescript-eslint/switch-exhaustiveness-check: "mesa"
export function rank(backend: 'gpu' | 'mesa'): number {
  switch (backend) {
    case 'gpu':
      return 0;
  }
  return 1;
}
