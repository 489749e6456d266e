// breaks: no-restricted-exports: 'default'
export default 1;
