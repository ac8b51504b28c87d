using System.Text.Json;
using System.Text.Json.Nodes;
using Esb.EndToEnd.Tests.Platforms;

namespace Esb.EndToEnd.Tests.Stores;

/// <summary>
/// The test by which the local stores were chosen (decision 2): functions that use the AWS SDKs for JavaScript and
/// Python with their defaults write an item, and 20 MB as a buffer and as a stream, and read them back, also after a
/// restart of the platform.
/// </summary>
internal sealed class RoundTripTests
{
    private static readonly string Template = Path.Combine(
        Binaries.Repository, "tests/Esb.EndToEnd.Tests/Stores/roundtrip/template.yaml");

    [Test]
    public async Task Items_and_large_objects_are_read_back_byte_for_byte_also_after_a_restart()
    {
        await using var platform = new Platform();
        await platform.InitializeAsync();
        await platform.DeployAsync(Template);
        foreach (var language in new[] { "node", "python" })
            await AssertRoundTripAsync(platform, language, """{"write":true}""");

        await Assert.That((await platform.EsbAsync("down")).ExitCode).IsEqualTo(0);
        await Assert.That((await platform.EsbAsync("up")).ExitCode).IsEqualTo(0);

        foreach (var language in new[] { "node", "python" })
            await AssertRoundTripAsync(platform, language, """{"write":false}""");
    }

    private static async Task AssertRoundTripAsync(Platform platform, string language, string argument)
    {
        var result = await platform.EsbAsync("invoke", $"roundtrip-{language}", "--event", argument);
        if (result.ExitCode != 0)
            throw new InvalidOperationException($"{language}: {result}");
        var answer = JsonDocument.Parse(result.Output).RootElement;
        var wanted = answer.GetProperty("wanted").GetString();
        await Assert.That(answer.GetProperty("buffer").GetString()).IsEqualTo(wanted);
        await Assert.That(answer.GetProperty("stream").GetString()).IsEqualTo(wanted);
        var item = JsonNode.Parse(
            $$$"""{"id":"{{{language}}}","text":"ä","number":1.5,"nested":{"list":[1,"two"]}}""");
        await Assert.That(JsonNode.DeepEquals(JsonNode.Parse(answer.GetProperty("item").GetRawText()), item)).IsTrue();
    }
}
