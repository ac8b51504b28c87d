using System.Buffers;
using CsCheck;
using Esb.Gateway.Bodies;

namespace Esb.Gateway.Tests.Bodies;

internal sealed class GatheredBodyTests
{
    [Test]
    public void A_body_has_the_same_bytes_in_whatever_parts_it_arrives() =>
        Gen.Select(Gen.Int[0, 200_000].Array[0, 6], Gen.Int[0, 100_000]).Sample(
            (sizes, last) =>
            {
                var whole = new byte[sizes.Sum() + last];
                new Random(1).NextBytes(whole);
                using var body = new GatheredBody();
                var at = 0;
                foreach (var size in sizes)
                {
                    body.Add(new ReadOnlySequence<byte>(whole, at, size));
                    at += size;
                }

                return body.Length == at
                    && body.With(new ReadOnlySequence<byte>(whole, at, last)).AsSpan().SequenceEqual(whole);
            },
            iter: 200);
}
