using Esb.Agent.Tests.Driving;

namespace Esb.Agent.Tests.Workers;

/// <summary>Errors whose text or type cannot be put into JSON unchanged.</summary>
public sealed class ErrorTextTests
{
    [Test]
    public async Task An_error_with_any_text_is_the_answer_of_a_Python_function()
    {
        await using var stage = await Stage.SetAsync();
        var worker = await stage.PythonAsync("""
            import sys
            class Größe(Exception): pass
            class Mute(Exception):
                def __str__(self): raise KeyError("no text")
            def handler(event, context):
                if event == "name": raise Größe("ü")
                if event == "mute": raise Mute()
                if event == "key": return {event: 1, "\ud800": {1, 2}}
                if event == "closed": sys.stdout.close()
                if event == "ascii": sys.stdout = open("/dev/null", "w", encoding="ascii")
                raise ValueError("a" + event)
            """);

        foreach (var text in (string[])[@"\ud800", @"b\udc00c", "ascii", "closed", @"\ud800"])
        {
            var raised = await stage.Api.InvokeAsync(worker.Address, $"\"{text}\"");
            await Assert.That((raised.Kind, raised.ErrorType)).IsEqualTo(("error", "ValueError"));
            await Assert.That(raised.Json.GetProperty("errorMessage").GetRawText()).IsEqualTo($"\"a{text}\"");
        }

        var named = await stage.Api.InvokeAsync(worker.Address, "\"name\"");
        await Assert.That(named.ErrorType).IsEqualTo("Gr??e");
        await Assert.That(named.Json.GetProperty("errorType").GetString()).IsEqualTo("Größe");
        var mute = await stage.Api.InvokeAsync(worker.Address, "\"mute\"");
        await Assert.That(mute.ErrorType).IsEqualTo("Mute");
        var key = await stage.Api.InvokeAsync(worker.Address, "\"key\"");
        await Assert.That(key.ErrorType).IsEqualTo("Runtime.MarshalError");
    }

    [Test]
    public async Task An_error_with_any_value_is_the_answer_of_a_Node_function()
    {
        await using var stage = await Stage.SetAsync();
        var worker = await stage.NodeAsync("""
            exports.handler = async (event) => {
              const error = new Error('a' + event);
              if (event === 'bigint') error.message = 10n;
              if (event === 'name') error.name = 5;
              if (event === 'circle') { error.message = Object.create(null); error.message.self = error.message; }
              throw error;
            };
            """);

        foreach (var (sent, message, type) in ((string, string, string)[])[
            (@"\ud800", @"a\ud800", "Error"), ("bigint", "10", "Error"), ("name", "aname", "5"),
            ("circle", "[object Object]", "Error"),
        ])
        {
            var raised = await stage.Api.InvokeAsync(worker.Address, $"\"{sent}\"");
            await Assert.That((raised.Kind, raised.ErrorType)).IsEqualTo(("error", type));
            await Assert.That(raised.Json.GetProperty("errorMessage").GetRawText()).IsEqualTo($"\"{message}\"");
        }
    }
}
