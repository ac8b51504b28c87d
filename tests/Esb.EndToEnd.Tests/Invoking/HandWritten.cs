using System.Globalization;
using Esb.EndToEnd.Tests.Platforms;

namespace Esb.EndToEnd.Tests.Invoking;

/// <summary>Functions in files that are written by hand, with every key that the gateway reads.</summary>
internal static class HandWritten
{
    private const string Echo =
        """
        import os

        def handler(event, context):
            if event.get('fail'):
                raise ValueError('as asked')
            if event.get('write'):
                with open(event['write'], 'a') as f:
                    f.write(event.get('text', context.invoked_function_arn) + '\n')
            print('seen', event.get('n'))
            custom = context.client_context.custom if context.client_context else {}
            return {'n': event.get('n'), 'who': custom.get('who'), 'id': context.aws_request_id, 'trace': os.environ.get('_X_AMZN_TRACE_ID'), 'arn': context.invoked_function_arn}
        """;

    private const string Together =
        """
        import os, time

        def handler(event, context):
            folder = event['folder']
            open(os.path.join(folder, context.aws_request_id), 'w').close()
            while len(os.listdir(folder)) < event['count']:
                time.sleep(0.01)
            return os.getpid()
        """;

    private const string Streams =
        """
        const { existsSync } = require('node:fs');
        const pause = () => new Promise((resolve) => setTimeout(resolve, 10));
        exports.handler = awslambda.streamifyResponse(async (event, stream) => {
          const query = event.queryStringParameters;
          if (query) stream = awslambda.HttpResponseStream.from(stream, { statusCode: 201, headers: { 'Content-Type': 'text/event-stream', 'X-Mine': 'yes' }, cookies: ['a=1', 'b=2'] });
          const goOn = query?.goOn ?? event.goOn;
          if (query?.many) {
            for (let i = 0; i < query.many; i++) stream.write('five' + i);
            throw new RangeError('in the middle');
          }
          stream.write('first');
          if (event.fail) throw new RangeError('in the middle');
          while (!existsSync(goOn)) await pause();
          stream.write('second');
          stream.end();
        });
        """;

    /// <summary>Writes the code and both files, and waits until they are served.</summary>
    /// <param name="platform">The platform that serves them.</param>
    /// <param name="timed">The file into which a schedule writes a line.</param>
    public static async Task ServeAsync(Platform platform, string timed)
    {
        var soon = TimeZoneInfo.ConvertTime(
            DateTimeOffset.UtcNow.AddSeconds(15), TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo"))
            .ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        var folder = Path.Combine(platform.StateFolder, "hand-written");
        Write(folder, "echo/app.py", Echo);
        Write(folder, "together/app.py", Together);
        Write(folder, "streams/index.js", Streams);
        Write(platform.ConfigurationFolder, "functions.yml",
            $$"""
            functions:
              echo: { code: {{folder}}/echo, runtime: python3.11, handler: app.handler, timeout: 20, aliases: [live], async: { on_success: { function: echo-told }, on_failure: { function: echo-told }, maximum_retry_attempts: 0 } }
              echo-told: { code: {{folder}}/echo, runtime: python3.11, handler: app.handler }
              stopped: { code: {{folder}}/echo, runtime: python3.11, handler: app.handler, memory_size: 192, reserved_concurrency: 0 }
              together: { code: {{folder}}/together, runtime: python3.11, handler: app.handler, timeout: 60, scaling: { max_capacity: 6 } }
              timed:
                code: {{folder}}/echo
                runtime: python3.11
                handler: app.handler
                events:
                  - schedule: { expression: at({{soon}}), timezone: Asia/Tokyo, input: '{"write": "{{timed}}", "text": "<aws.scheduler.scheduled-time>"}' }
                  - schedule: { expression: at({{soon}}), timezone: Asia/Tokyo, state: DISABLED, input: '{"write": "{{timed}}", "text": "disabled"}' }
              streams: { code: {{folder}}/streams, runtime: nodejs20.x, handler: index.handler, timeout: 60, url: { invoke_mode: RESPONSE_STREAM } }
            """);
        Write(platform.ConfigurationFolder, "routing.yml",
            """
            routes:
              - { path: /_url/streams, method: ANY, function: streams, payload: "2.0", function_url: true }
              - { path: /echo, method: ANY, function: echo, payload: "1.0" }
            """);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{platform.AdminPort}") };
        using var reloaded = await client.PostAsync("/reload", null);
        reloaded.EnsureSuccessStatusCode();
        await Eventually.TrueAsync(async () => (await client.GetStringAsync("/functions"))
            .Contains("\"streams\"", StringComparison.Ordinal));
    }

    private static void Write(string folder, string name, string text)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
