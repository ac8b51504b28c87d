using System.Text;
using System.Text.Json;

namespace Esb.Cli.Terminal;

/// <summary>The one document that a command with <c>--json</c> prints.</summary>
internal static class JsonOutput
{
    public static void Print(Screen screen, Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
            write(json);
        screen.Line(Encoding.UTF8.GetString(buffer.ToArray()));
    }
}
