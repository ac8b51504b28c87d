using Esb.Cli.Containers;

namespace Esb.Cli.Tests.Revisions;

/// <summary>What an image takes that no other image has.</summary>
internal sealed class EngineImageTests
{
    private static readonly EngineImage Function = new(
        "esb-orders:prod-0123456789abcdef", 150, ["base", "python", "code"]);

    [Test]
    public async Task What_another_image_begins_with_is_not_freed() =>
        await Assert.That(EngineImages.UniqueBytes(Function, [
            new("base:1", 60, ["base"]),
            new("lambda:1", 140, ["base", "python"]),
            new("other:1", 900, ["base", "ruby"]),
        ])).IsEqualTo(10);

    [Test]
    public async Task An_image_that_is_another_one_under_a_second_name_frees_nothing() =>
        await Assert.That(EngineImages.UniqueBytes(Function, [Function with { Reference = "mine:1" }])).IsEqualTo(0);

    [Test]
    public async Task Alone_it_frees_all_that_it_takes() =>
        await Assert.That(EngineImages.UniqueBytes(
            Function, [new("other:1", 900, ["alpine"]), new("longer:1", 160, ["base", "python", "code", "more"])]))
            .IsEqualTo(150);
}
