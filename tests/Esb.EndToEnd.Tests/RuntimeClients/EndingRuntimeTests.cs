using Esb.EndToEnd.Tests.Platforms;

namespace Esb.EndToEnd.Tests.RuntimeClients;

/// <summary>A runtime that sends its answer and exits without reading the response of the Runtime API.</summary>
internal sealed class EndingRuntimeTests
{
    private const int Requests = 25;

    private const string Template =
        """
        AWSTemplateFormatVersion: '2010-09-09'
        Transform: AWS::Serverless-2016-10-31
        Resources:
          Ends:
            Type: AWS::Serverless::Function
            Properties: { FunctionName: ends, Handler: none, CodeUri: src/, Runtime: provided.al2023, Timeout: 20, MemorySize: 128 }
        """;

    private const string Bootstrap =
        """
        #!/usr/bin/env python3
        import json, os, socket
        host, port = os.environ["AWS_LAMBDA_RUNTIME_API"].split(":")
        api = socket.create_connection((host, int(port)))
        api.sendall(b"GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        said = b""
        while b"\r\n\r\n" not in said:
            said += api.recv(65536)
        head, body = said.split(b"\r\n\r\n", 1)
        headers = {k.strip().lower(): v.strip() for k, _, v in (line.partition(":") for line in head.decode().split("\r\n"))}
        while len(body) < int(headers["content-length"]):
            body += api.recv(65536)
        answer = b"x" * json.loads(body)["bytes"]
        path = f"POST /2018-06-01/runtime/invocation/{headers['lambda-runtime-aws-request-id']}/response HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        if json.loads(body)["stream"]:
            head = path + "Lambda-Runtime-Function-Response-Mode: streaming\r\nTransfer-Encoding: chunked\r\n\r\n"
            api.sendall(head.encode() + b"%x\r\n%s\r\n0\r\n\r\n" % (len(answer), answer))
        else:
            api.sendall(path.encode() + b"Content-Length: %d\r\n\r\n\"%s\"" % (len(answer) + 2, answer))
        os._exit(0)
        """;

    [Test]
    [Arguments(3, false)]
    [Arguments(300_000, false)]
    [Arguments(3, true)]
    [Arguments(300_000, true)]
    public async Task An_answer_counts_although_its_runtime_exits_as_soon_as_it_is_sent(int bytes, bool streams)
    {
        await using var platform = new Platform();
        await platform.InitializeAsync();
        var template = platform.Write("ends", Template, ("src/bootstrap", Bootstrap));
        var bootstrap = Path.Combine(Path.GetDirectoryName(template)!, "src", "bootstrap");
        File.SetUnixFileMode(bootstrap, File.GetUnixFileMode(bootstrap) | UnixFileMode.UserExecute);
        await platform.DeployAsync(template);

        var path = streams
            ? "2021-11-15/functions/ends/response-streaming-invocations"
            : "2015-03-31/functions/ends/invocations";
        List<string> lost = [];
        for (var n = 0; n < Requests; n++)
        {
            using var answer = await platform.Client.PostAsync(
                path, new StringContent($$"""{"bytes":{{bytes}},"stream":{{(streams ? "true" : "false")}}}"""));
            var text = await answer.Content.ReadAsStringAsync();
            // A stream arrives in frames.
            if (text.Count(c => c == 'x') < bytes || text.Contains("Runtime.ExitError", StringComparison.Ordinal))
                lost.Add(text.Length > 300 ? text[..300] : text);
        }

        await Assert.That(string.Join('\n', lost)).IsEqualTo("");
    }
}
