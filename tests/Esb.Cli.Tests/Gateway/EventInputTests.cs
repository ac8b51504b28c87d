using System.Text;
using Esb.Cli.Commands;
using Esb.Cli.Gateway;

namespace Esb.Cli.Tests.Gateway;

internal sealed class EventInputTests
{
    [Test]
    [Arguments(null, "{}")]
    [Arguments("""{"id":"7"}""", """{"id":"7"}""")]
    [Arguments(" [1] ", " [1] ")]
    [Arguments("true", "true")]
    [Arguments("-", "[2]")]
    public async Task An_event_is_JSON_or_standard_input_or_nothing(string? given, string read)
    {
        var payload = await EventInput.ReadAsync(
            given, () => new MemoryStream("[2]"u8.ToArray()), CancellationToken.None);
        await Assert.That(Encoding.UTF8.GetString(payload)).IsEqualTo(read);
    }

    [Test]
    public async Task A_file_that_is_not_JSON_is_refused_with_its_place()
    {
        var path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, "{\n  \"a\": nope\n}");
        var failure = await Assert.ThrowsAsync<CommandFailure>(
            () => EventInput.ReadAsync(path, () => Stream.Null, CancellationToken.None));
        await Assert.That(failure!.Diagnostics[0].ToString()).StartsWith($"{path}:2:9: error: this is not JSON; ");
        await Assert.That(failure.ExitCode).IsEqualTo(ExitCode.Usage);
        File.Delete(path);
    }

    [Test]
    public async Task Text_that_is_neither_JSON_nor_a_file_is_an_error_that_says_so()
    {
        var failure = await Assert.ThrowsAsync<CommandFailure>(
            () => EventInput.ReadAsync("event.jsn", () => Stream.Null, CancellationToken.None));
        await Assert.That(failure!.Message)
            .IsEqualTo("--event is 'event.jsn', which is neither JSON nor an existing file");
    }
}
