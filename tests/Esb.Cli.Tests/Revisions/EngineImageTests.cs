using Esb.Cli.Containers;

namespace Esb.Cli.Tests.Revisions;

/// <summary>The bytes of an image that no other image shares.</summary>
internal sealed class EngineImageTests
{
    private static readonly EngineImage Function = new(
        "esb-orders:prod-0123456789abcdef", 150, ["base", "python", "code"]);

    [Test]
    public async Task Layers_that_another_image_begins_with_are_not_freed() =>
        await Assert.That(EngineImages.UniqueBytes(Function, [
            new("base:1", 60, ["base"]),
            new("lambda:1", 140, ["base", "python"]),
            new("other:1", 900, ["base", "ruby"]),
        ])).IsEqualTo(10);

    [Test]
    public async Task An_image_with_a_second_name_frees_nothing() =>
        await Assert.That(EngineImages.UniqueBytes(Function, [Function with { Reference = "mine:1" }])).IsEqualTo(0);

    [Test]
    public async Task An_image_that_shares_no_layers_frees_all_its_bytes() =>
        await Assert.That(EngineImages.UniqueBytes(
            Function, [new("other:1", 900, ["alpine"]), new("longer:1", 160, ["base", "python", "code", "more"])]))
            .IsEqualTo(150);
}
