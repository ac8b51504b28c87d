using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Esb.Objects.Tests.Serving;

namespace Esb.Objects.Tests.Requests;

/// <summary>Uploads that wait for 100 Continue, as SDKs send them.</summary>
public sealed class ExpectedContinueTests
{
    // A lock is created with If-None-Match and read when somebody else has it; then an empty file, and whatever comes
    // next.
    private const string Boto3 = """
        import boto3, io, sys
        from botocore.config import Config
        s3 = boto3.client('s3', endpoint_url=sys.argv[1], region_name='us-east-1',
                          aws_access_key_id=sys.argv[2], aws_secret_access_key=sys.argv[3],
                          config=Config(retries={'max_attempts': 0}, s3={'addressing_style': 'path'}))
        s3.create_bucket(Bucket='locks')
        s3.put_object(Bucket='locks', Key='lock', Body=io.BytesIO(b'first'))
        s3.meta.events.register('before-sign.s3.PutObject',
                                lambda request, **_: request.headers.add_header('If-None-Match', '*'))
        for attempt in range(5):
            try:
                s3.put_object(Bucket='locks', Key='lock', Body=io.BytesIO(b'second'))
                print('taken')
            except s3.exceptions.ClientError as e:
                print(e.response['ResponseMetadata']['HTTPStatusCode'],
                      s3.get_object(Bucket='locks', Key='lock')['Body'].read().decode())
        for attempt in range(3):
            s3.put_object(Bucket='locks', Key=f'empty{attempt}', Body=io.BytesIO())
            s3.put_object(Bucket='locks', Key=f'next{attempt}', Body=io.BytesIO(b'next'))
            print(s3.get_object(Bucket='locks', Key=f'empty{attempt}')['Body'].read(),
                  s3.get_object(Bucket='locks', Key=f'next{attempt}')['Body'].read())
        """;

    // This client does not wait: head and body are sent before it reads.
    private const string HttpClient = """
        import http.client, sys
        connection = http.client.HTTPConnection('127.0.0.1', int(sys.argv[1]))
        for size in (10, 3_000_000):
            for headers in ({'Expect': '100-continue'}, {'Expect': '100-continue', 'If-None-Match': '*'}):
                connection.request('PUT', '/' + sys.argv[2] + '/there', b'x' * size, headers)
                answer = connection.getresponse()
                answer.read()
                print(answer.status, end=' ')
                connection.request('GET', '/' + sys.argv[2] + '/there')
                answer = connection.getresponse()
                print(answer.status, len(answer.read()))
        """;

    [Test]
    [Arguments("PUT /{0}/there HTTP/1.1\nIf-None-Match: *\nContent-Length: 5", "412")]
    [Arguments("PUT /nobodys/key HTTP/1.1\nContent-Length: 5", "404")]
    [Arguments("PUT /{0}/key HTTP/1.1\nContent-Length: 5\nContent-MD5: no", "400")]
    [Arguments("PUT /{0}/key HTTP/1.1\nContent-Length: 99999999999", "400")]
    [Arguments("PUT /{0}/key HTTP/1.1\nContent-Length: 0", "200")]
    [Arguments("DELETE /{0}/key HTTP/1.1\nContent-Length: 5", "204")]
    [Arguments("PUT /-/health HTTP/1.1\nContent-Length: 5", "200")]
    public async Task An_answer_instead_of_100_Continue_announces_the_end_of_the_connection(
        string head,
        string status)
    {
        await using var store = await Store.StartAsync(isOpen: true);
        var bucket = await store.NewBucketAsync();
        await store.Client.PutBytesAsync(bucket, "there", "old"u8.ToArray());

        var answer = await ExchangeAsync(store.Port, string.Format(CultureInfo.InvariantCulture, head, bucket), "");

        await Assert.That(answer).StartsWith($"HTTP/1.1 {status} ");
        await Assert.That(answer).Contains("\r\nConnection: close\r\n");
        await Assert.That(Encoding.UTF8.GetString(await store.Client.GetBytesAsync(bucket, "there"))).IsEqualTo("old");
    }

    [Test]
    public async Task An_upload_after_100_Continue_is_accepted_and_its_connection_stays_open()
    {
        await using var store = await Store.StartAsync(isOpen: true);
        var bucket = await store.NewBucketAsync();

        var answer = await ExchangeAsync(store.Port, $"PUT /{bucket}/key HTTP/1.1\nContent-Length: 5", "hello");

        await Assert.That(answer).StartsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 ");
        await Assert.That(answer).DoesNotContain("Connection: close");
    }

    [Test]
    public async Task Boto3_finds_a_lock_taken_and_reads_it_and_an_empty_file_holds_nothing_up()
    {
        await using var store = await Store.StartAsync();
        var said = await PythonAsync(Boto3, store.Address.AbsoluteUri, Store.AccessKey, Store.Secret);
        await Assert.That(said.Split('\n'))
            .IsEquivalentTo([.. Enumerable.Repeat("412 first", 5), .. Enumerable.Repeat("b'' b'next'", 3), ""])
            .Because(said);
    }

    [Test]
    public async Task A_client_that_does_not_wait_for_100_Continue_gets_every_answer()
    {
        await using var store = await Store.StartAsync(isOpen: true);
        var said = await PythonAsync(
            HttpClient, store.Port.ToString(CultureInfo.InvariantCulture), await store.NewBucketAsync());
        await Assert.That(said).IsEqualTo("200 200 10\n412 200 10\n200 200 3000000\n412 200 3000000\n");
    }

    // Sends the head, and the body after 100 Continue; reads up to the end of the final head.
    private static async Task<string> ExchangeAsync(int port, string head, string body)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, port);
        var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(
            $"{head.ReplaceLineEndings("\r\n")}\r\nHost: 127.0.0.1\r\nExpect: 100-continue\r\n\r\n"));
        var answer = "";
        var buffer = new byte[4096];
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!HasHead(answer) && await stream.ReadAsync(buffer, patience.Token) is > 0 and var count)
        {
            var wasAsked = IsAsked(answer);
            answer += Encoding.Latin1.GetString(buffer, 0, count);
            if (!wasAsked && IsAsked(answer))
                await stream.WriteAsync(Encoding.Latin1.GetBytes(body));
        }

        return answer;
    }

    private static bool IsAsked(string answer) => answer.StartsWith("HTTP/1.1 100 ", StringComparison.Ordinal);

    private static bool HasHead(string answer) => answer.Split("\r\n\r\n").Length > (IsAsked(answer) ? 2 : 1);

    private static async Task<string> PythonAsync(string script, params string[] arguments)
    {
        using var python = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", script, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = python.StandardError.ReadToEndAsync();
        var said = await python.StandardOutput.ReadToEndAsync();
        await python.WaitForExitAsync();
        return python.ExitCode == 0 ? said : throw new InvalidOperationException(said + await error);
    }
}
