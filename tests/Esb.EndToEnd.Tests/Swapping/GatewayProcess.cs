using System.Globalization;
using System.Text.Json;
using Esb.EndToEnd.Tests.Platforms;

namespace Esb.EndToEnd.Tests.Swapping;

/// <summary>What the machine says of a platform's gateway.</summary>
internal static class GatewayProcess
{
    /// <summary>MiB that are resident.</summary>
    public static async Task<double> MemoryAsync(Platform platform)
    {
        using var admin = new HttpClient();
        using var status = JsonDocument.Parse(await admin.GetStringAsync($"http://127.0.0.1:{platform.AdminPort}/status"));
        var pid = status.RootElement.GetProperty("pid").GetInt32();
        return double.Parse(File.ReadLines($"/proc/{pid}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal))[6..^2], CultureInfo.InvariantCulture) / 1024;
    }
}
