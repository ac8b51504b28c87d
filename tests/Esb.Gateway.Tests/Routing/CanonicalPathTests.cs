using CsCheck;
using Esb.Schema.Routing;

namespace Esb.Gateway.Tests.Routing;

internal sealed class CanonicalPathTests
{
    [Test]
    [Arguments("/", "/")]
    [Arguments("/orders/7", "/orders/7")]
    [Arguments("/hu/%34%32", "/hu/42")]
    [Arguments("/a%40b%2dc%7Ed", "/a@b-c~d")]
    [Arguments("/a@b", "/a@b")]
    [Arguments("/caf%c3%a9", "/caf%C3%A9")]
    [Arguments("/café😀", "/caf%C3%A9%F0%9F%98%80")]
    [Arguments("/a%2fb", "/a%2Fb")]
    [Arguments("/a%252Fb", "/a%252Fb")]
    [Arguments("/a%zz%", "/a%25zz%25")]
    [Arguments("/a\"<{|}>\\^`", "/a%22%3C%7B%7C%7D%3E%5C%5E%60")]
    [Arguments("/a%00%20", "/a%00%20")]
    [Arguments("//a//", "//a//")]
    [Arguments("/.well-known/a..b/...", "/.well-known/a..b/...")]
    public async Task Every_spelling_of_a_path_becomes_the_same_one(string sent, string canonical)
    {
        await Assert.That(CanonicalPath.Of(sent)).IsEqualTo(canonical);
        await Assert.That(CanonicalPath.Of(canonical)).IsEqualTo(canonical);
    }

    [Test]
    [Arguments("/x/../admin")]
    [Arguments("/./admin")]
    [Arguments("/admin/.")]
    [Arguments("/x/%2e%2E/admin")]
    [Arguments("/x/.%2e/admin")]
    [Arguments("/x%2F..%2fadmin")]
    [Arguments("/x/..%2Fadmin")]
    [Arguments("/x\\..\\admin")]
    [Arguments("/x%5c..%5Cadmin")]
    [Arguments("/x/..;a=1/admin")]
    public async Task A_path_with_dot_segments_has_no_canonical_form(string sent)
    {
        await Assert.That(CanonicalPath.Of(sent)).IsNull();
        await Assert.That(CanonicalPath.IsPlain(sent)).IsFalse();
    }

    [Test]
    public void A_path_accepted_by_the_fast_check_is_canonical() =>
        Gen.OneOf('a', 'Z', '7', '.', '/', '%', '2', 'F', '~', '@', ';', '"', '\u00E9', ' ').Array[0, 12].Sample(
            letters =>
            {
                var path = "/" + new string(letters);
                return !CanonicalPath.IsPlain(path) || CanonicalPath.Of(path) == path;
            },
            iter: 20_000);

    [Test]
    public async Task A_plain_path_is_checked_without_an_allocation()
    {
        const string Path = "/service42/items15042/abc/parts/9.json";
        await Assert.That(CanonicalPath.IsPlain(Path)).IsTrue();
        await Assert.That(Allocated(Path)).IsEqualTo(0);
    }

    private static long Allocated(string path)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++)
            _ = CanonicalPath.IsPlain(path);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
