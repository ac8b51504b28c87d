using Esb.Gateway.Tests.Schedules;
using Esb.Gateway.Workers;

namespace Esb.Gateway.Tests.Workers;

/// <summary>
/// A function's error message may have 6 MB: the caller gets all of it, and the platform logs and keeps only its
/// beginning.
/// </summary>
internal sealed class InvocationResultTests
{
    [Test]
    [Arguments(1024, 1024)]
    [Arguments(1025, 1024)]
    [Arguments(6_000_000, 1024)]
    public async Task The_last_error_of_a_function_is_kept_in_shortened_form(int length, int kept)
    {
        var result = InvocationResult.Error(InvocationOutcome.Failed, new string('t', length), new string('y', length));
        var statistics = new FunctionStatistics(new ManualTime(DateTimeOffset.UnixEpoch));
        statistics.Record(TimeSpan.Zero, coldStart: false, result);
        await Assert.That(statistics.LastFailure!.Message.Length).IsEqualTo(kept);
        await Assert.That(statistics.LastFailure.Message.EndsWith('…')).IsEqualTo(length > kept);
        await Assert.That(result.ShortErrorType().Length).IsEqualTo(kept);
        await Assert.That(result.ErrorMessage().Length).IsEqualTo(length);
    }

    [Test]
    [Arguments("""{"errorType":"E","errorMessage":"a\ud800"}""", "E", @"a\ud800")]
    [Arguments("""{"errorType":"\udc00","errorMessage":"a"}""", @"\udc00", "a")]
    [Arguments("""{"errorType":{"a":"\ud800"},"errorMessage":["\ud800"]}""", """{"a":"\ud800"}""", """["\ud800"]""")]
    [Arguments("""{"error":"\ud800"}""", "Unhandled", "")]
    public async Task Half_a_surrogate_pair_in_an_error_stays_an_escape(string document, string type, string message)
    {
        var result = new InvocationResult(InvocationOutcome.Failed, System.Text.Encoding.UTF8.GetBytes(document));
        await Assert.That((result.ErrorType(), result.ErrorMessage())).IsEqualTo((type, message));
    }

    [Test]
    public async Task A_message_is_not_cut_within_a_character()
    {
        var message = new string('y', 1022) + "😀 and more";
        var result = InvocationResult.Error(InvocationOutcome.Failed, "E", message);
        await Assert.That(result.ErrorMessage(InvocationResult.ShortText)).IsEqualTo(new string('y', 1022) + "…");
    }
}
