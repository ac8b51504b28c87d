using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Esb.Agent.Launching;

/// <summary>A program could not be started.</summary>
internal sealed class LaunchException(string step, int error)
    : Exception($"cannot {step}: {Marshal.GetPInvokeErrorMessage(error)}")
{
    /// <summary>Reads the report of a launcher; null when it has executed its program.</summary>
    public static async Task<LaunchException?> FromReportAsync(Stream report)
    {
        using var reader = new StreamReader(report, Encoding.UTF8, leaveOpen: true);
        var text = await reader.ReadToEndAsync();
        if (text.Length == 0)
            return null;
        var end = text.IndexOf('\0', StringComparison.Ordinal);
        return new LaunchException(text[..end], int.Parse(text[(end + 1)..], CultureInfo.InvariantCulture));
    }
}
