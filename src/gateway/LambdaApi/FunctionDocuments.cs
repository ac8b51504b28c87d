using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Esb.Gateway.Configuration;
using Esb.Gateway.Listening;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.LambdaApi;

/// <summary>
/// What the Lambda API tells about functions. Source: AWS, Lambda API reference, FunctionConfiguration. Environment variables are left out:
/// they may be secrets, and callers of this machine are not asked who they are.
/// </summary>
internal static class FunctionDocuments
{
    private const int DefaultItems = 50;

    public static string ArnOf(string function, string region) => $"arn:aws:lambda:{region}:000000000000:function:{function}";

    public static Task ListAsync(HttpContext context, Snapshot snapshot, string region)
    {
        var query = context.Request.Query;
        var most = int.TryParse(query["MaxItems"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked > 0 ? Math.Min(asked, DefaultItems) : DefaultItems;
        var marker = query["Marker"].ToString();
        var rest = snapshot.Functions.Values.Where(f => string.CompareOrdinal(f.Name, marker) > 0).OrderBy(f => f.Name, StringComparer.Ordinal).Take(most + 1).ToList();
        return WriteAsync(context, json =>
        {
            json.WriteStartArray("Functions"u8);
            foreach (var function in rest.Take(most))
                Write(json, function, snapshot, region);
            json.WriteEndArray();
            if (rest.Count > most)
                json.WriteString("NextMarker"u8, rest[most - 1].Name);
        });
    }

    public static Task FunctionAsync(HttpContext context, FunctionEntry function, Snapshot snapshot, string region) => WriteAsync(context, json =>
    {
        json.WritePropertyName("Configuration"u8);
        Write(json, function, snapshot, region);
        json.WriteStartObject("Code"u8);
        json.WriteString("RepositoryType"u8, "ESB"u8);
        json.WriteEndObject();
        if (function.Pool.Limits.Reserved is { } reserved)
        {
            json.WriteStartObject("Concurrency"u8);
            json.WriteNumber("ReservedConcurrentExecutions"u8, reserved);
            json.WriteEndObject();
        }
    });

    public static Task ConfigurationAsync(HttpContext context, FunctionEntry function, Snapshot snapshot, string region) =>
        WriteAsync(context, json => WriteFields(json, function, snapshot, region));

    public static Task ConcurrencyAsync(HttpContext context, FunctionEntry function) => WriteAsync(context, json =>
    {
        if (function.Pool.Limits.Reserved is { } reserved)
            json.WriteNumber("ReservedConcurrentExecutions"u8, reserved);
    });

    private static Task WriteAsync(HttpContext context, Action<Utf8JsonWriter> fields)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            fields(json);
            json.WriteEndObject();
        }

        return JsonReply.WriteAsync(context, StatusCodes.Status200OK, buffer.ToArray());
    }

    private static void Write(Utf8JsonWriter json, FunctionEntry function, Snapshot snapshot, string region)
    {
        json.WriteStartObject();
        WriteFields(json, function, snapshot, region);
        json.WriteEndObject();
    }

    private static void WriteFields(Utf8JsonWriter json, FunctionEntry function, Snapshot snapshot, string region)
    {
        var spec = function.Pool.Spec;
        json.WriteString("FunctionName"u8, function.Name);
        json.WriteString("FunctionArn"u8, ArnOf(function.Name, region));
        if (spec.Runtime.Length > 0)
            json.WriteString("Runtime"u8, spec.Runtime);
        json.WriteString("Role"u8, "arn:aws:iam::000000000000:role/esb"u8);
        if (spec.Handler.Length > 0)
            json.WriteString("Handler"u8, spec.Handler);
        json.WriteNumber("CodeSize"u8, 0);
        json.WriteString("Description"u8, ""u8);
        json.WriteNumber("Timeout"u8, (int)function.Pool.Limits.Timeout.TotalSeconds);
        json.WriteNumber("MemorySize"u8, spec.MemorySize);
        json.WriteString("LastModified"u8, snapshot.LoadedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+0000'", CultureInfo.InvariantCulture));
        json.WriteString("CodeSha256"u8, Convert.ToBase64String(Encoding.UTF8.GetBytes(spec.Revision)));
        json.WriteString("Version"u8, "$LATEST"u8);
        json.WriteString("RevisionId"u8, spec.Revision);
        json.WriteString("State"u8, "Active"u8);
        json.WriteString("LastUpdateStatus"u8, "Successful"u8);
        json.WriteString("PackageType"u8, spec.Runtime.Length > 0 ? "Zip"u8 : "Image"u8);
        json.WriteStartArray("Architectures"u8);
        json.WriteStringValue(RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64"u8 : "x86_64"u8);
        json.WriteEndArray();
        json.WriteStartArray("Layers"u8);
        foreach (var layer in spec.Layers)
        {
            json.WriteStartObject();
            json.WriteString("Arn"u8, layer);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
