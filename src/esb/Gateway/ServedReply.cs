using System.Text.Json;
using System.Text.Json.Serialization;
using Esb.Host.Files;
using Esb.Schema.Files;

namespace Esb.Cli.Gateway;

/// <summary>What a gateway answers to <c>GET /configuration</c>, and its binary to <c>configuration</c>.</summary>
/// <param name="Folder">Where it read what it serves; empty when it serves nothing.</param>
/// <param name="RuntimeFolder">The folder that it prefers, as it sees it.</param>
/// <param name="RuntimeIdentity">The same whichever path it is seen under.</param>
/// <param name="Functions">functions.yml; null when it is not handed out.</param>
/// <param name="Routing">routing.yml.</param>
/// <param name="Resources">resources.yml.</param>
/// <param name="Message">Why it does not hand out the files, when it does not.</param>
internal sealed record ServedReply(string? Folder, string? RuntimeFolder, string? RuntimeIdentity, byte[]? Functions, byte[]? Routing, byte[]? Resources, string? Message)
{
    /// <returns>Null when these bytes are no such answer, as from an earlier version.</returns>
    public static ServedReply? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ServedReplyJson.Default.ServedReply) is { RuntimeFolder: not null } reply ? reply : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether the gateway prefers this folder: by its identity where both see it, else by its path.</summary>
    public bool Reads(string folder) =>
        RuntimeIdentity is { } there && FolderIdentity.Of(folder) is { } here
            ? there == here
            : Path.GetFullPath(folder).TrimEnd('/') == RuntimeFolder!.TrimEnd('/');

    /// <returns>Null when it hands out nothing.</returns>
    public ServedDocuments? Documents() =>
        Functions is null || Routing is null ? null : new ServedDocuments(Folder == RuntimeFolder, Functions, Routing, Resources ?? []);
}

/// <summary>Source-generated, snake_case.</summary>
[JsonSerializable(typeof(ServedReply))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
internal sealed partial class ServedReplyJson : JsonSerializerContext;
