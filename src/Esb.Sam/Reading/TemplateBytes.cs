using System.Text;
using Esb.Schema.Diagnostics;

namespace Esb.Sam.Reading;

/// <summary>Bytes → text: UTF-8 and nothing else, within a size that is stated.</summary>
public static class TemplateBytes
{
    /// <summary>The largest file that is read, bytes.</summary>
    public const int Limit = 16 * 1024 * 1024;

    // CloudFormation's own quota for a template that is given through S3.
    private const int CloudFormationLimit = 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text without a byte order mark; null, with an error, when it is not UTF-8 or too large.</summary>
    public static string? Decode(ReadOnlySpan<byte> bytes, string file, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(diagnostics);
        if (bytes.Length > Limit)
        {
            diagnostics.Add(new Diagnostic(Severity.Error, DiagnosticCodes.YamlLimit, $"the file is larger than {Limit:N0} bytes", file));
            return null;
        }

        if (bytes.Length > CloudFormationLimit)
            diagnostics.Add(new Diagnostic(Severity.Warning, DiagnosticCodes.YamlLimit, $"the file has {bytes.Length:N0} bytes; CloudFormation takes at most {CloudFormationLimit:N0}, ESB {Limit:N0}", file));
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
            diagnostics.Add(new Diagnostic(Severity.Error, DiagnosticCodes.YamlSyntax, "the file is not UTF-8", file, line, good.Length - good.LastIndexOf((byte)'\n'), "save it as UTF-8"));
            return null;
        }
    }
}
