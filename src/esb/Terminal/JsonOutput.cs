using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Esb.Cli.Terminal;

/// <summary>The one document that a command with <c>--json</c> prints.</summary>
internal static class JsonOutput
{
    public static void Print<T>(Screen screen, T document, JsonTypeInfo<T> type) =>
        screen.Line(JsonSerializer.Serialize(document, type));

    /// <summary>The document as the content of a file.</summary>
    public static byte[] File<T>(T document, JsonTypeInfo<T> type) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(document, type), (byte)'\n'];
}
