using System.Text;
using Esb.Schema.Diagnostics;

namespace Esb.Sam.Reading;

/// <summary>Decodes UTF-8, up to a maximum size.</summary>
public static class TemplateBytes
{
    /// <summary>The size of the largest file that is read, in bytes.</summary>
    public const int Limit = 16 * 1024 * 1024;

    // CloudFormation's quota for a template on S3.
    private const int CloudFormationLimit = 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(
        encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// Returns the text without a byte order mark; null, with an error, when it is not UTF-8 or too large.
    /// </summary>
    public static string? Decode(ReadOnlySpan<byte> bytes, string file, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(diagnostics);
        if (bytes.Length > Limit)
        {
            diagnostics.Add(new Diagnostic(
                Severity.Error, DiagnosticCodes.YamlLimit, $"the file is larger than {Limit:N0} bytes", file));
            return null;
        }

        if (bytes.Length > CloudFormationLimit)
            diagnostics.Add(new Diagnostic(
                Severity.Warning,
                DiagnosticCodes.YamlLimit,
                $"the file has {bytes.Length:N0} bytes; CloudFormation accepts at most {CloudFormationLimit:N0}, "
                    + $"ESB {Limit:N0}",
                file));
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            var good = bytes[..Math.Max(0, e.Index)];
            var line = good.Count((byte)'\n') + 1;
            diagnostics.Add(new Diagnostic(
                Severity.Error,
                DiagnosticCodes.YamlSyntax,
                "the file is not UTF-8",
                file,
                line,
                good.Length - good.LastIndexOf((byte)'\n'),
                "save it as UTF-8"));
            return null;
        }
    }
}
