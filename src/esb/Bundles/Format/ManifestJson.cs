using System.Text.Encodings.Web;
using System.Text.Json;

namespace Esb.Cli.Bundles.Format;

/// <summary><c>manifest.json</c>, to bytes and back. What comes back is checked: it describes a bundle that may be used.</summary>
internal static class ManifestJson
{
    public const string FileName = "manifest.json";

    /// <summary>More than the most entries with usual paths need.</summary>
    public const int MaxBytes = 64 << 20;

    private const int MaxDepth = 8;
    private const int Sha256Length = 64;

    // Paths as they are; nobody puts this into a page.
    private static readonly JsonWriterOptions Writing = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(BundleManifest manifest)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Writing))
            Write(json, manifest);
        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    /// <summary>The same as a part of another document.</summary>
    public static void Write(Utf8JsonWriter json, BundleManifest manifest)
    {
        json.WriteStartObject();
        json.WriteNumber("format", BundleManifest.CurrentFormat);
        json.WriteString("esb", manifest.Esb);
        json.WriteString("mode", manifest.Mode);
        json.WriteString("architecture", manifest.Architecture);
        json.WriteString("environment", manifest.Environment);
        if (manifest.IsForAnyEnvironment)
            json.WriteBoolean("any_environment", true);
        WriteTexts(json, "templates", manifest.Templates);
        WriteTexts(json, "images", manifest.Images);
        if (manifest.Doubts is { } doubts)
            WriteTexts(json, "doubts", doubts);
        json.WriteStartArray("entries");
        foreach (var entry in manifest.Entries)
            Write(json, entry);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <exception cref="BundleFault">It describes no bundle that this version can use.</exception>
    public static BundleManifest Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false });
            var root = document.RootElement;
            RequireFormat(root);
            var manifest = new BundleManifest
            {
                Esb = Text(root, "esb"),
                Mode = Text(root, "mode"),
                Architecture = Text(root, "architecture"),
                Environment = Text(root, "environment"),
                IsForAnyEnvironment = root.TryGetProperty("any_environment", out var any) && any.GetBoolean(),
                Templates = Texts(root, "templates"),
                Images = Texts(root, "images"),
                Doubts = root.TryGetProperty("doubts", out _) ? Texts(root, "doubts") : null,
                Entries = [.. root.GetProperty("entries").EnumerateArray().Select(Entry)],
            };
            ManifestCheck.Require(manifest);
            return manifest;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new BundleFault($"its {FileName} is not what esb bundle writes: {EntryPath.Printable(e.Message)}");
        }
    }

    private static void RequireFormat(JsonElement root)
    {
        var format = root.GetProperty("format").GetInt64();
        if (format != BundleManifest.CurrentFormat)
            throw new BundleFault($"it has format {format}, this esb reads format {BundleManifest.CurrentFormat}", $"use the esb that made it ({Text(root, "esb")}), or make it anew with this one");
    }

    private static void Write(Utf8JsonWriter json, BundleEntry entry)
    {
        json.WriteStartObject();
        json.WriteString("path", entry.Path);
        if (entry.LinkTarget is { } target)
        {
            json.WriteString("link", target);
        }
        else
        {
            json.WriteNumber("size", entry.Size);
            json.WriteString("sha256", entry.Sha256);
            if (entry.IsExecutable)
                json.WriteBoolean("executable", true);
        }

        json.WriteEndObject();
    }

    private static BundleEntry Entry(JsonElement json)
    {
        var path = json.GetProperty("path").GetString() ?? "";
        if (json.TryGetProperty("link", out var link))
            return new BundleEntry(path, 0, "") { LinkTarget = link.GetString() ?? "" };
        var sum = json.GetProperty("sha256").GetString() ?? "";
        if (sum.Length != Sha256Length || !sum.All(char.IsAsciiHexDigitLower))
            throw new FormatException($"'{sum}' is no SHA-256");
        return new BundleEntry(path, json.GetProperty("size").GetInt64(), sum) { IsExecutable = json.TryGetProperty("executable", out var executable) && executable.GetBoolean() };
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static string Text(JsonElement root, string name) => EntryPath.Printable(root.GetProperty(name).GetString() ?? "");

    private static List<string> Texts(JsonElement root, string name) => [.. root.GetProperty(name).EnumerateArray().Select(t => EntryPath.Printable(t.GetString() ?? ""))];
}
