using System.Text;
using Esb.EndToEnd.Tests.Platforms;

namespace Esb.EndToEnd.Tests.RawRequests;

/// <summary>The requests of the table of bad input, sent to the published gateway.</summary>
[ClassDataSource<RawPlatform>(Shared = SharedType.PerTestSession)]
internal sealed class RawRequestTests(RawPlatform platform)
{
    [Test]
    public async Task Every_raw_request_gets_the_statuses_of_its_line_and_the_process_survives()
    {
        var cases = RawCase.ReadAll();
        await Assert.That(cases.Count).IsGreaterThanOrEqualTo(60);
        var before = await platform.ProcessIdAsync();
        List<string> wrong = [];
        foreach (var raw in cases)
        {
            var statuses = await AnswerAsync(raw);
            if (!raw.Expected.Split('/').Contains(statuses))
                wrong.Add($"{raw.Name}: {statuses}, not {raw.Expected}");
        }

        await Assert.That(string.Join('\n', wrong)).IsEqualTo("");
        await Assert.That(await platform.Client.GetStringAsync("/raw/after")).IsEqualTo("GET");
        await Assert.That(await platform.ProcessIdAsync()).IsEqualTo(before);
    }

    [Test]
    public async Task A_refused_message_with_two_lengths_closes_its_connection_and_later_bytes_are_not_a_request()
    {
        using var connection = await RawConnection.OpenAsync(platform.GatewayPort);
        await connection.SendAsync("POST /raw/a HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nTransfer-Encoding: "
            + "chunked\r\n\r\n0\r\n\r\nGET /raw2/smuggled HTTP/1.1\r\nHost: h\r\n\r\n");
        var answer = Encoding.Latin1.GetString(await connection.ReadToEndAsync());
        await Assert.That(answer).StartsWith("HTTP/1.1 400 ");
        await Assert.That(answer).Contains("Connection: close");
        await Assert.That(answer.Split("HTTP/1.1 ").Length).IsEqualTo(2);
    }

    private async Task<string> AnswerAsync(RawCase raw)
    {
        using var connection = await RawConnection.OpenAsync(platform.GatewayPort);
        await connection.TrySendAsync(raw.Bytes);
        var withoutBodies = raw.Bytes.AsSpan().StartsWith("HEAD"u8);
        if (raw.EndsSending)
            connection.EndSending();
        else
            await connection.ReadAnswersAsync(
                raw.Expected == "closed" ? int.MaxValue : raw.Expected.Split(' ').Length, withoutBodies);
        // Everything expected has arrived; anything else would arrive before the connection ends.
        connection.EndSending();
        return RawConnection.Statuses(await connection.ReadToEndAsync(), withoutBodies);
    }
}
