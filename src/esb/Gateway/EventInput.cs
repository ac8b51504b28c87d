using System.Text;
using System.Text.Json;
using Esb.Host.Files;
using Esb.Schema.Diagnostics;
using Esb.Schema.Files;

namespace Esb.Cli.Gateway;

/// <summary>Reads the event of an invocation: JSON, a file, or standard input; <c>{}</c> without one.</summary>
internal static class EventInput
{
    /// <exception cref="CommandFailure">There is no such file, or it is not JSON (with the position).</exception>
    public static async Task<byte[]> ReadAsync(
        string? given, Func<Stream> standardInput, CancellationToken cancellationToken)
    {
        switch (given)
        {
            case null:
                return "{}"u8.ToArray();
            case "-":
                using (var copy = new MemoryStream())
                {
                    await using var input = standardInput();
                    await input.CopyToAsync(copy, cancellationToken);
                    return Checked(copy.ToArray(), "standard input");
                }

            case var path when OrdinaryFile.Instead(path) is { } other:
                throw CommandFailure.Usage(
                    $"--event: '{path}' is {other}, not a file", "give JSON, a file, or - for standard input");
            case var path when File.Exists(path):
                return Checked(OrdinaryFile.ReadAll(path), path);
            case var text when LooksLikeJson(text):
                return Checked(Encoding.UTF8.GetBytes(text), "--event");
            default:
                throw CommandFailure.Usage(
                    $"--event is '{given}', which is neither JSON nor an existing file",
                    "give JSON, a file, or - for standard input");
        }
    }

    private static bool LooksLikeJson(string text) =>
        text.TrimStart() is ['{' or '[' or '"' or '-' or (>= '0' and <= '9'), ..] or "true" or "false" or "null";

    private static byte[] Checked(byte[] json, string source)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            while (reader.Read())
            {
            }

            return json;
        }
        catch (JsonException e)
        {
            var (line, column) = ((int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1);
            throw new CommandFailure(ExitCode.Usage, [new Diagnostic(
                Severity.Error, DiagnosticCodes.WrongKind, "this is not JSON", source, line, column, Reason(e))]);
        }
    }

    // The first sentence of .NET's message, since the rest repeats the position. For JSON that ends too early, that
    // message only mentions the depth of the parser, so another one replaces it.
    private static string Reason(JsonException e) =>
        e.Message.StartsWith("Expected depth", StringComparison.Ordinal)
            ? "it ends before every bracket is closed"
            : e.Message.Split(". ", 2)[0].TrimEnd('.');
}
