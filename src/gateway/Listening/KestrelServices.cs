using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Esb.Gateway.Listening;

/// <summary>
/// The services that Kestrel's TLS requires. Only the method that adds Kestrel to a host provides them. The gateway has
/// no host, so this class is a minimal one: a service collection.
/// </summary>
internal sealed class KestrelServices : IWebHostBuilder
{
    private readonly ServiceCollection _services = [];

    private KestrelServices()
    {
    }

    public static IServiceProvider Create(ILoggerFactory logging)
    {
        var builder = new KestrelServices();
        builder._services.AddSingleton(logging);
        builder._services.AddMetrics();
        builder.UseKestrelCore();
        return builder._services.BuildServiceProvider();
    }

    public IWebHostBuilder ConfigureServices(Action<IServiceCollection> configureServices)
    {
        configureServices(_services);
        return this;
    }

    public IWebHostBuilder ConfigureServices(Action<WebHostBuilderContext, IServiceCollection> configureServices) =>
        ConfigureServices(services => configureServices(new WebHostBuilderContext(), services));

    public IWebHostBuilder ConfigureAppConfiguration(
        Action<WebHostBuilderContext, IConfigurationBuilder> configureDelegate) => this;

    public string? GetSetting(string key) => null;

    public IWebHostBuilder UseSetting(string key, string? value) => this;

#pragma warning disable ASPDEPR008 // A part of the interface that is not wanted here.
    public IWebHost Build() => throw new NotSupportedException("This builder makes services only.");
#pragma warning restore ASPDEPR008
}
