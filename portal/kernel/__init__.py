"""What does every feature stand on that knows neither law nor HTTP?"""
