import { describe, expect, test } from '@jest/globals';
import { loginOf, upstreamFrom } from '../../../src/fetch/upstream.ts';

const proxy = 'http://me:p%40ss@proxy.example:3128';

describe('the user’s own proxy', () => {
  test.each([
    ['https://a.example/', { https_proxy: proxy }, 'proxy.example:3128'],
    ['http://a.example/', { HTTP_PROXY: 'proxy.example:80' }, 'proxy.example'],
    ['https://a.example/', { ALL_PROXY: proxy }, 'proxy.example:3128'],
    ['https://a.example/', { http_proxy: proxy }, undefined],
    ['https://a.example/', {}, undefined],
    ['https://a.example/', { https_proxy: proxy, no_proxy: '*' }, undefined],
    ['https://x.a.example/', { https_proxy: proxy, NO_PROXY: 'b.example, .a.example' }, undefined],
    ['https://xa.example/', { https_proxy: proxy, no_proxy: 'a.example' }, 'proxy.example:3128'],
    ['https://a.example:8443/', { https_proxy: proxy, no_proxy: 'a.example:443' }, 'proxy.example:3128'],
    ['https://10.1.2.3/', { https_proxy: proxy, no_proxy: '10.0.0.0/8' }, undefined],
    ['https://[fd00::1]/', { https_proxy: proxy, no_proxy: 'fd00::/8' }, undefined],
    ['https://10.1.2.3/', { https_proxy: proxy, no_proxy: '11.0.0.0/99' }, 'proxy.example:3128'],
  ])('of %s with %j is %s', (address, environment, host) => {
    expect(upstreamFrom(environment)(new URL(address))?.host).toBe(host);
  });

  test('of another kind is named', () => {
    expect(() => upstreamFrom({ all_proxy: 'socks5://h.example' })(new URL('https://a.example'))).toThrow(
      expect.objectContaining({ code: 'proxy-unsupported' }),
    );
  });

  test('gets its password', () => {
    expect(loginOf(new URL(proxy))).toEqual({
      'proxy-authorization': `Basic ${Buffer.from('me:p@ss').toString('base64')}`,
    });
  });
});
