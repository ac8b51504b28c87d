using Microsoft.Extensions.Logging;

namespace Esb.Gateway.Listening;

/// <summary>
/// The log of Kestrel without what it logs as errors of the application although there are none: answers that are left
/// incomplete on purpose, and clients that break off a body, or end it wrongly, after their request was answered.
/// </summary>
internal sealed class KestrelLogging(ILoggerFactory all) : ILoggerFactory
{
    private const string UnreadBody = "RequestBodyDrainBodyReaderInvalidState";

    public ILogger CreateLogger(string categoryName) => new WithoutClients(all.CreateLogger(categoryName));

    public void AddProvider(ILoggerProvider provider) => all.AddProvider(provider);

    // The inner factory belongs to the caller.
    public void Dispose()
    {
    }

    private sealed class WithoutClients(ILogger logger) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => logger.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => logger.IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (exception is not BrokenOffException && eventId.Name != UnreadBody)
                logger.Log(logLevel, eventId, state, exception, formatter);
        }
    }
}
